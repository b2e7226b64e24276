// Properties of strings outside of classes, and the width of texts as packages for terminals find it.
const texts = ['a', '😀', '👍🏽', '🇩🇪', '1️⃣', '👨‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '❤️', '❤', '🏳️‍🌈', '🧑🏿‍🤝‍🧑🏻', '#', '©️', '🇩'];
for (const text of texts) {
  console.log(text, /^\p{RGI_Emoji}$/v.test(text), /^\p{Emoji_Keycap_Sequence}$/v.test(text), /^\p{RGI_Emoji_Flag_Sequence}$/v.test(text), /^\p{Basic_Emoji}$/v.test(text));
}
console.log('x👍🏽y🇩🇪z👨‍👩‍👧‍👦'.replace(/\p{RGI_Emoji}/gv, '*'), 'x👍🏽y'.match(/\p{RGI_Emoji_Modifier_Sequence}/v).index);
console.log('👨‍👩‍👧'.match(/\p{RGI_Emoji_ZWJ_Sequence}/v)[0].length, '🏴󠁧󠁢󠁳󠁣󠁴󠁿'.match(/\p{RGI_Emoji_Tag_Sequence}/v)[0].length);
try {
  new RegExp('\\P{RGI_Emoji}', 'v');
} catch (error) {
  console.log(error.name);
}
