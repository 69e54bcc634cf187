/** One word of Go: a name, a literal with its value, or a sign. */
export interface Token {
  readonly kind: "name" | "string" | "number" | "sign" | "end";
  readonly text: string;
}

const word =
  /\s*(?:\/\/[^\n]*|\/\*[\s\S]*?\*\/|([A-Za-z_]\w*)|(\d[\w.]*)|("(?:[^"\\\n]|\\.)*")|(`[^`]*`)|('(?:[^'\\]|\\.)*')|(\.\.\.|:=|==|!=|<=|>=|&&|\|\||\+\+|--|<-|[-+*/%&|^]=|[-+*/%&|^<>=!:;,.(){}[\]]))/y;

/** After these a new line ends a statement, as Go's own grammar has it. */
const closing = /^(?:\)|\]|\}|\+\+|--)$/;
const unfinished = new Set(["case", "const", "else", "for", "func", "if", "map", "range", "switch", "var"]);

/** The words of the text, from `start` on; a line's end becomes a ";" where Go reads one. Read as far as wanted. */
export function* tokens(text: string, start = 0): Generator<Token> {
  let ends = false;
  let at = start;
  while (at < text.length) {
    word.lastIndex = at;
    const match = word.exec(text);
    if (match === null) return;
    const [whole, name, number, quoted, raw, rune, sign] = match;
    if (ends && /\n/.test(/^\s*/.exec(whole)?.[0] ?? "")) yield { kind: "sign", text: ";" };
    at = word.lastIndex;
    if (name !== undefined) yield { kind: "name", text: name };
    else if (number !== undefined) yield { kind: "number", text: number };
    else if (quoted !== undefined) yield { kind: "string", text: unquoted(quoted) };
    else if (raw !== undefined) yield { kind: "string", text: raw.slice(1, -1) };
    else if (rune !== undefined) yield { kind: "number", text: rune };
    else if (sign !== undefined) yield { kind: "sign", text: sign };
    else {
      ends = ends && !/\n/.test(whole);
      continue;
    }
    ends = sign === undefined ? name === undefined || !unfinished.has(name) : closing.test(sign);
  }
}

function unquoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}
