"""A cache that forgets what was used least recently: a dictionary and a doubly linked list in lists."""

CAPACITY = 64


def run():
    places = {}
    keys = []
    values = []
    before = []
    after = []
    newest = -1
    oldest = -1
    hits = 0
    seed = 11
    total = 0
    for i in range(20000):
        seed = seed * 16807 % 2147483647
        wanted = seed % 100 * (seed // 1000 % 3) // 2
        key = "k" + str(wanted)
        if key in places:
            hits += 1
            place = places[key]
            total = (total + values[place]) % 1000003
            if place != newest:
                b = before[place]
                a = after[place]
                if b >= 0:
                    after[b] = a
                else:
                    oldest = a
                before[a] = b
                before[place] = newest
                after[place] = -1
                after[newest] = place
                newest = place
        else:
            place = len(keys)
            if place == CAPACITY:
                place = oldest
                oldest = after[place]
                before[oldest] = -1
                del places[keys[place]]
                keys[place] = key
                values[place] = i
            else:
                keys.append(key)
                values.append(i)
                before.append(-1)
                after.append(-1)
            places[key] = place
            before[place] = newest
            after[place] = -1
            if newest >= 0:
                after[newest] = place
            else:
                oldest = place
            newest = place
    return total * 100000 + hits
