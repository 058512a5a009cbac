// Names come from outside: what would turn the direction of writing or hide is shown as its number in Unicode.
export function readable(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${character.codePointAt(0).toString(16).padStart(4, "0")}`);
}
