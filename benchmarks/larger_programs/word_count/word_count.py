"""Words of a text are counted and ranked."""


def make_text(words):
    roots = ["alpha", "beta", "gamma", "delta", "eps", "zeta", "eta", "theta"]
    parts = []
    seed = 5
    for _ in range(words):
        seed = seed * 16807 % 2147483647
        word = roots[seed % 8]
        if seed % 3 == 0:
            word += roots[seed // 8 % 8]
        if seed % 7 == 0:
            word += ","
        parts.append(word)
    return " ".join(parts)


def run():
    text = make_text(6000)
    counts = {}
    word = ""
    length = len(text)
    for i in range(length + 1):
        c = text[i] if i < length else " "
        if c >= "a" and c <= "z":
            word += c
        elif word != "":
            if word in counts:
                counts[word] += 1
            else:
                counts[word] = 1
            word = ""
    total = 0
    for name in counts:
        rank = 1
        for other in counts:
            if counts[other] > counts[name]:
                rank += 1
        total = (total + rank * counts[name] + len(name)) % 1000003
    return total
