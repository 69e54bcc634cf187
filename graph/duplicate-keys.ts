import { InputError } from "./input-error.ts";

/**
 * Terraform takes a property that occurs twice as two blocks, or rejects it; JSON.parse drops the first without a word.
 *
 * @param text valid JSON
 * @param advice what to do instead
 * @throws InputError with the line of a key that its object has already
 */
export function refuseDuplicateKeys(path: string, text: string, advice = "write a list of blocks"): void {
  const open: (Set<string> | undefined)[] = [];
  let line = 1;
  let last = "";
  // Sign by sign: an expression for a string that is 20 MB long runs out of stack.
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === "\n") line++;
    else if (sign === "{") open.push(new Set());
    else if (sign === "[") open.push(undefined);
    else if (sign === "}" || sign === "]") open.pop();
    else if (sign === '"') {
      const end = endOfString(text, at);
      last = text.slice(at, end);
      at = end - 1;
    } else if (sign === ":") {
      const key = last.includes("\\") ? JSON.stringify(JSON.parse(last)) : last;
      const keys = open.at(-1);
      if (keys?.has(key))
        throw new InputError(
          `${path}, line ${line}, has the key ${key} a second time in one object, and only one of the two would be read: ${advice}.`,
        );
      keys?.add(key);
    }
  }
}

/** Behind the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
