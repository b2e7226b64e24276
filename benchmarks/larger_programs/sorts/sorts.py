"""Three sorts of the same numbers: quicksort and heapsort in a global list, mergesort with new lists."""

a = []


def numbers(seed, count):
    made = []
    for _ in range(count):
        seed = seed * 16807 % 2147483647
        made.append(seed % 10000)
    return made


def exchange(i, j):
    t = a[i]
    a[i] = a[j]
    a[j] = t


def quicksort(low, high):
    if low < high:
        pivot = a[(low + high) // 2]
        i = low
        j = high
        while i <= j:
            while a[i] < pivot:
                i += 1
            while a[j] > pivot:
                j -= 1
            if i <= j:
                exchange(i, j)
                i += 1
                j -= 1
        quicksort(low, j)
        quicksort(i, high)


def sift(start, end):
    root = start
    while 2 * root + 1 <= end:
        child = 2 * root + 1
        if child < end and a[child] < a[child + 1]:
            child += 1
        if a[root] >= a[child]:
            return
        exchange(root, child)
        root = child


def heapsort(count):
    for start in range((count - 2) // 2, -1, -1):
        sift(start, count - 1)
    end = count - 1
    while end > 0:
        exchange(0, end)
        end -= 1
        sift(0, end)


def mergesort(items):
    count = len(items)
    if count < 2:
        return items
    left = mergesort(items[: count // 2])
    right = mergesort(items[count // 2 :])
    merged = []
    i = 0
    j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    while i < len(left):
        merged.append(left[i])
        i += 1
    while j < len(right):
        merged.append(right[j])
        j += 1
    return merged


def checksum(items):
    total = 0
    for i in range(len(items)):
        total = (total * 31 + items[i]) % 1000003
    return total


def run():
    global a
    count = 6000
    a = numbers(1, count)
    quicksort(0, count - 1)
    total = checksum(a)
    a = numbers(2, count)
    heapsort(count)
    total += checksum(a)
    return total + checksum(mergesort(numbers(3, count)))
