"""Strings: lines of 100 digits put together one by one, collected in an array, joined."""


def line_of(number):
    line = ""
    for i in range(100):
        line = line + str((number * 31 + i * i) % 10)
    return line


def run(n):
    lines = []
    for number in range(n):
        lines.append(line_of(number))
    return ";".join(lines)


text = run(24000)
print(len(text), text[7], text[1000005], text[-1])
