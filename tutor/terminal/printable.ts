// What ends a line, steers a terminal, turns the reading direction or cannot be seen:
// control and format characters, the line ends of Unicode, halves of a pair, and fillers.
// But U+FE0F behind a picture is seen: it gives it its colors.
const unprintable =
  /(?!(?<=\p{Extended_Pictographic})\uFE0F)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu

/** Strangers' text, safe for a terminal: whatever is not a visible character is written as JSON escapes it. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}
