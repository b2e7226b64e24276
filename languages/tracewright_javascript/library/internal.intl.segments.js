'use strict';
// `Intl.Segmenter`: where a text can be taken apart, by the rules of UAX 29 for clusters, words and sentences.

// A cluster: an emoji with all that is joined to it, a flag of two letters, a syllable of Hangul, or one character; and what extends it.
const EXTEND = String.raw`[\p{Grapheme_Extend}\p{Emoji_Modifier}\u200d\p{Mc}]`;
const HANGUL = String.raw`[\u1100-\u115f\ua960-\ua97c]*(?:[\uac00-\ud7a3][\u1160-\u11a7\ud7b0-\ud7c6]*|[\u1160-\u11a7\ud7b0-\ud7c6]+)[\u11a8-\u11ff\ud7cb-\ud7fb]*`;
const CLUSTER = new RegExp(
  String.raw`\r\n|[\p{Cc}\p{Zl}\p{Zp}]|(?:\p{Regional_Indicator}{2}|${HANGUL}|\p{Extended_Pictographic}(?:[\p{Grapheme_Extend}\p{Emoji_Modifier}]*\u200d\p{Extended_Pictographic})*|[\u1100-\u115f\ua960-\ua97c]+|.)${EXTEND}*`,
  'suy',
);
// A word: letters, digits and what stands between two of a kind ("can't", "3.14"); a row of blanks; a line end; else one character.
const MARKS = String.raw`[\p{M}\u200d]*`;
const LETTER = String.raw`(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{Nl}]${MARKS})`;
const DIGIT = String.raw`(?:\p{Nd}${MARKS})`;
const WORD = new RegExp(
  String.raw`\r\n|[\r\n\u2028\u2029\v\f\x85]|(?:${LETTER}|${DIGIT}|\p{Pc})+(?:(?:(?<=${LETTER})[:·.'’‘․﹒＇．](?=${LETTER})|(?<=${DIGIT})[,;.'’](?=${DIGIT}))(?:${LETTER}|${DIGIT}|\p{Pc})+)*|[\p{Script=Hiragana}ー]${MARKS}|\p{Zs}+|\p{Extended_Pictographic}(?:[\p{M}\p{Emoji_Modifier}]*\u200d\p{Extended_Pictographic})*${EXTEND}*|\p{Regional_Indicator}{2}|.${MARKS}`,
  'suy',
);
// A sentence: up to `.`, `!` or `?` with closing marks and blanks, if no small letter follows a full stop; or to a line end.
const SENTENCE = /(?:[^.!?\u2026\u3002\uff01\uff1f\r\n\u2028\u2029\x85]|\.(?=[\p{L}\p{N}])|\.+[\p{Pe}\p{Pf}"']*\p{Zs}*(?=[^\p{L}\r\n.!?]*\p{Ll}))*(?:[.!?\u2026\u3002\uff01\uff1f]+[\p{Pe}\p{Pf}"']*\p{Zs}*(?:\r\n|[\r\n\u2028\u2029\x85])?|\r\n|[\r\n\u2028\u2029\x85]|$)/suy;
const PATTERNS = { grapheme: CLUSTER, word: WORD, sentence: SENTENCE };

class Segments {
  #text;
  #granularity;
  constructor(text, granularity) {
    this.#text = text;
    this.#granularity = granularity;
  }

  *[Symbol.iterator]() {
    let index = 0;
    while (index < this.#text.length) {
      const found = this.#at(index);
      yield found;
      index += found.segment.length;
    }
  }

  containing(index = 0) {
    const wanted = Math.trunc(Number(index)) || 0;
    if (wanted < 0 || wanted >= this.#text.length) return undefined;
    for (const each of this) if (wanted < each.index + each.segment.length) return each;
    return undefined;
  }

  #at(index) {
    const pattern = PATTERNS[this.#granularity];
    pattern.lastIndex = index;
    const segment = pattern.exec(this.#text)?.[0] || this.#text[index];
    const result = { segment, index, input: this.#text };
    if (this.#granularity === 'word') result.isWordLike = /[\p{L}\p{N}]/u.test(segment);
    return result;
  }
}

class Segmenter {
  #granularity;
  constructor(locales, options) {
    const granularity = options?.granularity === undefined ? 'grapheme' : String(options.granularity);
    if (!(granularity in PATTERNS)) {
      throw new RangeError(`Value ${granularity} out of range for Intl.Segmenter options property granularity`);
    }
    this.#granularity = granularity;
  }
  static supportedLocalesOf(locales) {
    return [locales ?? []].flat().filter((each) => /^en(?:-|$)/.test(each));
  }
  segment(text) {
    return new Segments(String(text), this.#granularity);
  }
  resolvedOptions() {
    return { locale: 'en-US', granularity: this.#granularity };
  }
}

exports.Segmenter = Segmenter;
