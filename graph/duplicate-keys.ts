import { InputError } from "./input-error.ts";

/**
 * Terraform takes a property that occurs twice as two blocks, or rejects it; JSON.parse drops the first without a word.
 *
 * @param text valid JSON
 * @param advice what to do instead
 * @throws InputError with the line of a key that its object has already
 */
export function refuseDuplicateKeys(path: string, text: string, advice = "write a list of blocks"): void {
  // Of each object that is open its keys so far, undefined before the first; null of a list.
  const open: (Set<string> | undefined | null)[] = [];
  let [start, end] = [0, 0];
  // Sign by sign: an expression for a string that is 20 MB long runs out of stack.
  for (let at = 0; at < text.length; at++)
    switch (text.charCodeAt(at)) {
      case BRACE:
        open.push(undefined);
        break;
      case BRACKET:
        open.push(null);
        break;
      case CLOSING_BRACE:
      case CLOSING_BRACKET:
        open.pop();
        break;
      case QUOTE:
        start = at;
        end = endOfString(text, at);
        at = end - 1;
        break;
      case COLON: {
        const last = text.slice(start, end);
        const key = last.includes("\\") ? JSON.stringify(JSON.parse(last)) : last;
        const keys = open.at(-1);
        if (keys === null) break;
        if (keys === undefined) open[open.length - 1] = new Set([key]);
        else if (keys.has(key))
          throw new InputError(
            `${path}, line ${text.slice(0, at).split("\n").length}, has the key ${key} a second time in one object, and only one of the two would be read: ${advice}.`,
          );
        else keys.add(key);
      }
    }
}

const [BRACE, CLOSING_BRACE, BRACKET, CLOSING_BRACKET, QUOTE, COLON] = [123, 125, 91, 93, 34, 58];

/** Behind the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at >= 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at < 0 ? text.length : at + 1;
}

/** Whether an odd number of backslashes is before the sign. */
function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === "\\") first--;
  return (at - first) % 2 === 1;
}
