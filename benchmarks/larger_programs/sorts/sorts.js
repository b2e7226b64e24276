// Three sorts of the same numbers: quicksort and heapsort in a global array, mergesort with new arrays.
let a = [];

function numbers(seed, count) {
    const made = [];
    for (let i = 0; i < count; i++) {
        seed = (seed * 16807) % 2147483647;
        made.push(seed % 10000);
    }
    return made;
}

function exchange(i, j) {
    const t = a[i];
    a[i] = a[j];
    a[j] = t;
}

function quicksort(low, high) {
    if (low < high) {
        const pivot = a[Math.floor((low + high) / 2)];
        let i = low;
        let j = high;
        while (i <= j) {
            while (a[i] < pivot) i++;
            while (a[j] > pivot) j--;
            if (i <= j) exchange(i++, j--);
        }
        quicksort(low, j);
        quicksort(i, high);
    }
}

function sift(start, end) {
    let root = start;
    while (2 * root + 1 <= end) {
        let child = 2 * root + 1;
        if (child < end && a[child] < a[child + 1]) child++;
        if (a[root] >= a[child]) return;
        exchange(root, child);
        root = child;
    }
}

function heapsort(count) {
    for (let start = Math.floor((count - 2) / 2); start >= 0; start--) sift(start, count - 1);
    for (let end = count - 1; end > 0; ) {
        exchange(0, end);
        end--;
        sift(0, end);
    }
}

function mergesort(items) {
    const count = items.length;
    if (count < 2) return items;
    const left = mergesort(items.slice(0, Math.floor(count / 2)));
    const right = mergesort(items.slice(Math.floor(count / 2), count));
    const merged = [];
    let i = 0;
    let j = 0;
    while (i < left.length && j < right.length) {
        if (left[i] <= right[j]) merged.push(left[i++]);
        else merged.push(right[j++]);
    }
    while (i < left.length) merged.push(left[i++]);
    while (j < right.length) merged.push(right[j++]);
    return merged;
}

function checksum(items) {
    let sum = 0;
    for (let i = 0; i < items.length; i++) sum = (sum * 31 + items[i]) % 1000003;
    return sum;
}

function run() {
    const count = 6000;
    a = numbers(1, count);
    quicksort(0, count - 1);
    let total = checksum(a);
    a = numbers(2, count);
    heapsort(count);
    total += checksum(a);
    return total + checksum(mergesort(numbers(3, count)));
}
