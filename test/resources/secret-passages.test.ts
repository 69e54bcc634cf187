import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { SECRET_PASSAGES } from "../../resources/secret-passages.ts";
import { SECRET_TOKENS } from "../../resources/secret-tokens.ts";

/** Without what looks at the text ahead of a match, which fast-check cannot generate: what it has to be then matches as well. */
function withoutAssertions(form: string): string {
  const source = form.replaceAll("(?<=", "(?:");
  let shown = "";
  for (let at = 0; at < source.length; at++) {
    if (/^\(\?<?[=!]/.test(source.slice(at, at + 4))) at = endOfGroup(source, at);
    else if (source.startsWith("\\b", at)) at++;
    else if (source[at] === "\\") shown += source.slice(at, ++at + 1);
    else shown += source[at];
  }
  return shown;
}

/** Index of the parenthesis that closes the group. */
function endOfGroup(source: string, start: number): number {
  let depth = 0;
  let isClass = false;
  for (let at = start; at < source.length; at++) {
    const sign = source[at];
    if (sign === "\\") at++;
    else if (isClass) isClass = sign !== "]";
    else if (sign === "[") isClass = true;
    else if (sign === "(") depth++;
    else if (sign === ")" && --depth === 0) return at;
  }
  throw new Error(`a group of ${source} is not closed`);
}

const textsOf = (form: RegExp): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(withoutAssertions(form.source)), { maxLength: 2_000 });

test.each(SECRET_PASSAGES.map(([hint, form]) => ({ hint, form })))(
  "what has the form $form has its hint, and signs that no name has",
  ({ hint, form }) => {
    fc.assert(
      fc.property(textsOf(form), (text) => {
        const written = form.flags.includes("i") ? [text, text.toLowerCase(), text.toUpperCase()] : [text];
        expect(written.filter((each) => !hint.test(each) || /^[\w./-]*$/.test(each))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  },
);

test.each(SECRET_TOKENS.map((form) => ({ form })))(
  "a token of the form $form has 14 characters or more",
  ({ form }) => {
    fc.assert(
      fc.property(textsOf(form), (text) => {
        expect(text.length).toBeGreaterThanOrEqual(14);
      }),
      { numRuns: 100 },
    );
  },
);
