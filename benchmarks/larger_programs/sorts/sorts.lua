-- Three sorts of the same numbers: quicksort and heapsort in a shared table, mergesort with new tables.
local a = {}
local floor = math.floor

local function numbers(seed, count)
    local made = {}
    for i = 0, count - 1 do
        seed = seed * 16807 % 2147483647
        made[i] = seed % 10000
    end
    return made
end

local function exchange(i, j)
    local t = a[i]
    a[i] = a[j]
    a[j] = t
end

local function quicksort(low, high)
    if low < high then
        local pivot = a[floor((low + high) / 2)]
        local i, j = low, high
        while i <= j do
            while a[i] < pivot do i = i + 1 end
            while a[j] > pivot do j = j - 1 end
            if i <= j then
                exchange(i, j)
                i, j = i + 1, j - 1
            end
        end
        quicksort(low, j)
        quicksort(i, high)
    end
end

local function sift(start, last)
    local root = start
    while 2 * root + 1 <= last do
        local child = 2 * root + 1
        if child < last and a[child] < a[child + 1] then child = child + 1 end
        if a[root] >= a[child] then return end
        exchange(root, child)
        root = child
    end
end

local function heapsort(count)
    for start = floor((count - 2) / 2), 0, -1 do sift(start, count - 1) end
    local last = count - 1
    while last > 0 do
        exchange(0, last)
        last = last - 1
        sift(0, last)
    end
end

local function mergesort(items, first, past)
    local count = past - first
    if count < 2 then return { [0] = items[first] }, count end
    local middle = first + floor(count / 2)
    local left, lefts = mergesort(items, first, middle)
    local right, rights = mergesort(items, middle, past)
    local merged, n, i, j = {}, 0, 0, 0
    while i < lefts and j < rights do
        if left[i] <= right[j] then
            merged[n] = left[i]
            i = i + 1
        else
            merged[n] = right[j]
            j = j + 1
        end
        n = n + 1
    end
    while i < lefts do
        merged[n] = left[i]
        i, n = i + 1, n + 1
    end
    while j < rights do
        merged[n] = right[j]
        j, n = j + 1, n + 1
    end
    return merged, n
end

local function checksum(items, count)
    local sum = 0
    for i = 0, count - 1 do sum = (sum * 31 + items[i]) % 1000003 end
    return sum
end

function run()
    local count = 6000
    a = numbers(1, count)
    quicksort(0, count - 1)
    local total = checksum(a, count)
    a = numbers(2, count)
    heapsort(count)
    total = total + checksum(a, count)
    local merged = mergesort(numbers(3, count), 0, count)
    return total + checksum(merged, count)
end
