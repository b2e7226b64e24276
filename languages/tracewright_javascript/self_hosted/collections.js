// Functions of maps and sets, and of groups, that call a function for each entry. Names without a declaration are intrinsics.

function mapForEach(callback, thisArgument) {
  const walk = WalkOfMap(this);
  RequireCallable(callback);
  let place = 0;
  while ((place = NextPlace(walk)) >= 0) Call(callback, thisArgument, ValueAt(walk, place), KeyAt(walk, place), this);
}

function setForEach(callback, thisArgument) {
  const walk = WalkOfSet(this);
  RequireCallable(callback);
  let place = 0;
  while ((place = NextPlace(walk)) >= 0) Call(callback, thisArgument, KeyAt(walk, place), KeyAt(walk, place), this);
}

function mapGroupBy(items, callback) {
  RequireIterable(items);
  RequireCallable(callback);
  const groups = NewMap();
  let index = 0;
  for (const value of items) AddToGroup(groups, Call(callback, undefined, value, index++), value);
  return groups;
}

function objectGroupBy(items, callback) {
  RequireIterable(items);
  RequireCallable(callback);
  const groups = NewMap();
  let index = 0;
  for (const value of items) AddToGroup(groups, ToPropertyKey(Call(callback, undefined, value, index++)), value);
  return ObjectFromGroups(groups);
}
