// Methods of arrays that call a function for each element (23.1.2.1, 23.1.3). Names without a declaration are intrinsics. What a callback gets is declared
// in the order of its arguments, so that these are moved to its frame at once.

function every(callback, thisArgument) {
  let value, index = 0;
  const object = ToObject(this);
  const length = LengthOfArrayLike(object);
  RequireCallable(callback);
  for (; index < length; index++) {
    value = GetIfPresent(object, index);
    if (IsPresent(value)) if (!Call(callback, thisArgument, value, index, object)) return false;
  }
  return true;
}

function filter(callback, thisArgument) {
  let value, index = 0;
  const object = ToObject(this);
  const length = LengthOfArrayLike(object);
  RequireCallable(callback);
  const result = ArraySpeciesCreate(object, 0);
  let place = 0;
  for (; index < length; index++) {
    value = GetIfPresent(object, index);
    if (IsPresent(value))
      if (Call(callback, thisArgument, value, index, object)) CreateDataProperty(result, place++, value);
  }
  return result;
}

function find(callback, thisArgument) {
  let value, index = 0;
  const object = ToObject(this);
  const length = LengthOfArrayLike(object);
  RequireCallable(callback);
  for (; index < length; index++) {
    value = object[index];
    if (Call(callback, thisArgument, value, index, object)) return value;
  }
}

function findIndex(callback, thisArgument) {
  let value, index = 0;
  const object = ToObject(this);
  const length = LengthOfArrayLike(object);
  RequireCallable(callback);
  for (; index < length; index++) {
    value = object[index];
    if (Call(callback, thisArgument, value, index, object)) return index;
  }
  return -1;
}

function findLast(callback, thisArgument) {
  let value, index;
  const object = ToObject(this);
  const length = LengthOfArrayLike(object);
  RequireCallable(callback);
  for (index = length - 1; index >= 0; index--) {
    value = object[index];
    if (Call(callback, thisArgument, value, index, object)) return value;
  }
}

function findLastIndex(callback, thisArgument) {
  let value, index;
  const object = ToObject(this);
  const length = LengthOfArrayLike(object);
  RequireCallable(callback);
  for (index = length - 1; index >= 0; index--) {
    value = object[index];
    if (Call(callback, thisArgument, value, index, object)) return index;
  }
  return -1;
}

function flatMap(callback, thisArgument) {
  let value, index = 0;
  const object = ToObject(this);
  const length = LengthOfArrayLike(object);
  RequireCallable(callback);
  const result = ArraySpeciesCreate(object, 0);
  let place = 0;
  for (; index < length; index++) {
    value = GetIfPresent(object, index);
    if (IsPresent(value)) place = AppendFlattened(result, Call(callback, thisArgument, value, index, object), place);
  }
  return result;
}

function forEach(callback, thisArgument) {
  let value, index = 0;
  const object = ToObject(this);
  const length = LengthOfArrayLike(object);
  RequireCallable(callback);
  for (; index < length; index++) {
    value = GetIfPresent(object, index);
    if (IsPresent(value)) Call(callback, thisArgument, value, index, object);
  }
}

function map(callback, thisArgument) {
  let value, index = 0;
  const object = ToObject(this);
  const length = LengthOfArrayLike(object);
  RequireCallable(callback);
  const result = ArraySpeciesCreate(object, length);
  for (; index < length; index++) {
    value = GetIfPresent(object, index);
    if (IsPresent(value)) CreateDataProperty(result, index, Call(callback, thisArgument, value, index, object));
  }
  return result;
}

function reduce(callback, initial) {
  let result = initial, value, index = 0;
  const object = ToObject(this);
  const length = LengthOfArrayLike(object);
  RequireCallable(callback);
  if (ArgumentCount() < 2) {
    index = FirstPresent(object, length);
    result = object[index++];
  }
  for (; index < length; index++) {
    value = GetIfPresent(object, index);
    if (IsPresent(value)) result = Call(callback, undefined, result, value, index, object);
  }
  return result;
}

function reduceRight(callback, initial) {
  let result = initial, value, index;
  const object = ToObject(this);
  const length = LengthOfArrayLike(object);
  RequireCallable(callback);
  index = length - 1;
  if (ArgumentCount() < 2) {
    index = LastPresent(object, length);
    result = object[index--];
  }
  for (; index >= 0; index--) {
    value = GetIfPresent(object, index);
    if (IsPresent(value)) result = Call(callback, undefined, result, value, index, object);
  }
  return result;
}

function some(callback, thisArgument) {
  let value, index = 0;
  const object = ToObject(this);
  const length = LengthOfArrayLike(object);
  RequireCallable(callback);
  for (; index < length; index++) {
    value = GetIfPresent(object, index);
    if (IsPresent(value)) if (Call(callback, thisArgument, value, index, object)) return true;
  }
  return false;
}

function sort(callback) {
  RequireComparison(callback);
  const object = ToObject(this);
  const length = LengthOfArrayLike(object);
  const values = PresentItems(object, length);
  const present = values.length;
  RemoveUndefined(values);
  const sorted = callback === undefined ? SortedByText(values) : MergeSort(callback, values);
  PutSorted(object, sorted, present, length);
  return object;
}

function toSorted(callback) {
  RequireComparison(callback);
  const object = ToObject(this);
  const length = LengthOfArrayLike(object);
  const values = AllItems(object, length);
  RemoveUndefined(values);
  const sorted = callback === undefined ? SortedByText(values) : MergeSort(callback, values);
  FillUp(sorted, length);
  return sorted;
}

// Stable: runs of eight are sorted by insertion, then merged two by two. Right whatever the function answers.
function MergeSort(callback, values) {
  const count = values.length;
  for (let start = 0; start < count; start += 8) {
    const stop = start + 8 < count ? start + 8 : count;
    for (let index = start + 1; index < stop; index++) {
      const value = values[index];
      let place = index;
      while (place > start) {
        const before = values[place - 1];
        if (!(+Call(callback, undefined, before, value) > 0)) break;
        values[place--] = before;
      }
      values[place] = value;
    }
  }
  let from = values;
  let to = count > 8 ? Copied(values) : values;
  for (let size = 8; size < count; size *= 2) {
    for (let start = 0; start < count; start += 2 * size) {
      const middle = start + size < count ? start + size : count;
      const stop = middle + size < count ? middle + size : count;
      let left = start;
      let right = middle;
      let place = start;
      while (left < middle && right < stop) {
        const first = from[left];
        const second = from[right];
        if (+Call(callback, undefined, first, second) > 0) {
          to[place++] = second;
          right++;
        } else {
          to[place++] = first;
          left++;
        }
      }
      while (left < middle) to[place++] = from[left++];
      while (right < stop) to[place++] = from[right++];
    }
    const other = from;
    from = to;
    to = other;
  }
  return from;
}

function from(items, callback, thisArgument) {
  if (callback !== undefined) RequireCallable(callback);
  const method = IteratorMethod(items);
  if (method !== undefined) {
    const result = ConstructArray(this);
    let index = 0;
    for (const value of IteratorFromMethod(items, method)) {
      const mapped = callback === undefined ? value : Call(callback, thisArgument, value, index);
      CreateDataProperty(result, index++, mapped);
    }
    SetLength(result, index);
    return result;
  }
  const source = ToObject(items);
  const length = LengthOfArrayLike(source);
  const result = ConstructArray(this, length);
  for (let index = 0; index < length; index++) {
    const value = source[index];
    CreateDataProperty(result, index, callback === undefined ? value : Call(callback, thisArgument, value, index));
  }
  SetLength(result, length);
  return result;
}
