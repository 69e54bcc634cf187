import { InputError } from "./input-error.ts";

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:]|\n/g;

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
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "\n") line++;
    else if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    else if (token !== ":") last = token.includes("\\") ? JSON.stringify(JSON.parse(token)) : token;
    else if (open.at(-1)?.has(last))
      throw new InputError(
        `${path}, line ${line}, has the key ${last} a second time in one object, and only one of the two would be read: ${advice}.`,
      );
    else open.at(-1)?.add(last);
  }
}
