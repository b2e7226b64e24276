// Classes with private fields, accessors, static members and inheritance; records changed by spread; listeners.
class Emitter {
    #listeners = new Map();
    on(name, listener) {
        if (!this.#listeners.has(name)) this.#listeners.set(name, []);
        this.#listeners.get(name).push(listener);
        return this;
    }
    emit(name, ...values) {
        const listeners = this.#listeners.get(name);
        if (listeners !== undefined) for (const listener of listeners) listener.apply(this, values);
        return listeners !== undefined;
    }
}

class Account extends Emitter {
    static #count = 0;
    #balance = 0;
    #history = [];
    constructor(owner) {
        super();
        this.owner = owner;
        this.id = ++Account.#count;
    }
    static reset() {
        Account.#count = 0;
    }
    get balance() {
        return this.#balance;
    }
    set balance(value) {
        if (value < this.limit) throw new RangeError("below the limit");
        const before = this.#balance;
        this.#balance = value;
        this.emit("change", value - before, this);
    }
    get limit() {
        return 0;
    }
    get history() {
        return this.#history;
    }
    note(entry) {
        this.#history.push(Object.freeze({ ...entry, balance: this.#balance }));
        if (this.#history.length > 50) this.#history = this.#history.slice(-25);
    }
    deposit(amount) {
        this.balance += amount;
        this.note({ kind: "deposit", amount });
    }
    withdraw(amount) {
        this.balance -= amount;
        this.note({ kind: "withdraw", amount });
    }
}

class CreditAccount extends Account {
    constructor(owner, credit) {
        super(owner);
        this.credit = credit;
    }
    get limit() {
        return -this.credit;
    }
    withdraw(amount) {
        super.withdraw(amount + (this.balance < amount ? 1 : 0));
    }
}

class Bank {
    #accounts = new Map();
    #totals = { changes: 0, sum: 0, refused: 0 };
    open(account) {
        this.#accounts.set(account.id, account);
        account.on("change", (amount) => {
            this.#totals = { ...this.#totals, changes: this.#totals.changes + 1, sum: this.#totals.sum + amount };
        });
        return account;
    }
    transfer({ from, to, amount, note = "" }) {
        const [source, target] = [this.#accounts.get(from), this.#accounts.get(to)];
        try {
            source.withdraw(amount);
            target.deposit(amount);
        } catch (error) {
            if (!(error instanceof RangeError)) throw error;
            this.#totals.refused++;
            return false;
        }
        return note?.length !== undefined;
    }
    get totals() {
        return this.#totals;
    }
    get balances() {
        return [...this.#accounts.values()].map((account) => account.balance);
    }
}

function run() {
    Account.reset();
    const bank = new Bank();
    for (let i = 0; i < 20; i++) {
        const owner = { name: "owner" + i, level: i % 3 };
        const account = bank.open(i % 4 === 0 ? new CreditAccount(owner, 500) : new Account(owner));
        account.deposit(300 + i * 10);
    }
    for (let i = 0; i < 6000; i++) {
        bank.transfer({ from: (i % 20) + 1, to: ((i * 7 + 3) % 20) + 1, amount: (i * 13) % 90, ...(i % 5 ? { note: "n" + i } : {}) });
    }
    const { changes, sum, refused } = bank.totals;
    return bank.balances.reduce((all, balance, i) => all + balance * (i + 1), 0) + changes * 3 + sum + refused;
}
