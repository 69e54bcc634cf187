import { HOLE } from "../references/text.ts";

/** The parts of a condition (Common Expression Language) that an operator joins, outside of strings and brackets. */
export function splitAt(expression: string, operator: "&&" | "||"): string[] {
  const bare = blanked(expression);
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < bare.length; at++) {
    const letter = bare.charAt(at);
    if ("([{".includes(letter)) depth++;
    if (")]}".includes(letter)) depth--;
    if (depth !== 0 || !bare.startsWith(operator, at)) continue;
    parts.push(expression.slice(start, at));
    start = at + operator.length;
  }
  return [...parts, expression.slice(start)].map(withoutBrackets);
}

/** The expression with the letters of its strings replaced by spaces, so that only code is left; as long as before. */
export function blanked(expression: string): string {
  return expression.replace(TEXT, (text) => `"${" ".repeat(text.length - 2)}"`);
}

const TEXT = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gs;

/** The string literals of an expression. */
export function textsIn(expression: string): string[] {
  return (expression.match(TEXT) ?? []).map((text) => text.slice(1, -1));
}

/** True where a piece of the code itself is not known, and not only of a string in it. */
export function hasUnknownCode(expression: string): boolean {
  return blanked(expression).includes(HOLE);
}

/** `assertion.repository`, `assertion['repository']`, `attribute.repository`, `google.subject`: each as "assertion.repository" and so on. */
export function namesIn(expression: string): string[] {
  const bare = expression.replace(/\[\s*(["'])(\w+)\1\s*\]/g, ".$2");
  return [...blanked(bare).matchAll(/(?<![\w.])(assertion|attribute|google)\.(\w+)/g)].map(
    ([, root, name]) => `${root}.${name}`,
  );
}

/** The expression on one line, for messages. */
export function shown(expression: string): string {
  return expression.replace(/\s+/g, " ").replaceAll(HOLE, "...");
}

function withoutBrackets(expression: string): string {
  const text = expression.trim();
  if (!text.startsWith("(") || !text.endsWith(")")) return text;
  let depth = 0;
  for (const [at, letter] of [...blanked(text)].entries()) {
    if (letter === "(") depth++;
    if (letter === ")") depth--;
    if (depth === 0 && at < text.length - 1) return text;
  }
  return withoutBrackets(text.slice(1, -1));
}
