// Replacing in strings by what a function says. Names without a declaration are intrinsics.

function replace(pattern, callback) {
  const walk = WalkOfMatches(this, pattern, callback, false);
  return walk === undefined ? ReplaceOtherwise(this, pattern, callback, false) : byFunction(walk, this, callback);
}

function replaceAll(pattern, callback) {
  const walk = WalkOfMatches(this, pattern, callback, true);
  return walk === undefined ? ReplaceOtherwise(this, pattern, callback, true) : byFunction(walk, this, callback);
}

function byFunction(walk, text, callback) {
  const groups = GroupCount(walk);
  while (HasMatch(walk)) {
    const found = GroupOfMatch(walk, 0);
    if (groups === 0) PutReplacement(walk, Call(callback, undefined, found, MatchPlace(walk), text));
    else if (groups === 1)
      PutReplacement(walk, Call(callback, undefined, found, GroupOfMatch(walk, 1), MatchPlace(walk), text));
    else if (groups === 2)
      PutReplacement(
        walk,
        Call(callback, undefined, found, GroupOfMatch(walk, 1), GroupOfMatch(walk, 2), MatchPlace(walk), text),
      );
    else if (groups === 3)
      PutReplacement(
        walk,
        Call(
          callback,
          undefined,
          found,
          GroupOfMatch(walk, 1),
          GroupOfMatch(walk, 2),
          GroupOfMatch(walk, 3),
          MatchPlace(walk),
          text,
        ),
      );
    else ReplaceNext(walk, callback);
  }
  return ReplacedText(walk);
}
