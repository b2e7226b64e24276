class Account:
    def __init__(self, balance):
        self.balance = balance

    def take(self, amount):
        if amount > self.balance:
            raise ValueError(f"only {self.balance} there")
        self.balance -= amount


def both(account, amounts):
    for amount in amounts:
        account.take(amount)


def retry(account):
    try:
        both(account, [1, 2, 300])
    except ValueError as problem:
        table = {"a": 1}
        raise KeyError("second") from problem


def deep(n):
    if n == 0:
        return [1, 2][n + 5] + n
    return deep(n - 1)


try:
    deep(3)
except IndexError as error:
    print("caught", error)
retry(Account(10))
