import { parseExpression } from "./go-expression.ts";

/**
 * The forms of id that a type can be imported by, from the code that parses them:
 * "projects/{{project}}/locations/{{region}}/instances/{{name}}" first, short ones after it.
 */
export function importFormats(code: string): string[] {
  const call = /ParseImportId\((?=\[\]string\{)/.exec(code);
  if (call === null) return [];
  const list = parseExpression(code, call.index + call[0].length);
  if (list.kind !== "composite") return [];
  return list.entries.flatMap(([, item]) => {
    if (item.kind !== "literal" || typeof item.value !== "string") return [];
    const format = item.value
      .replace(/^\^|\$$/g, "")
      .replace(/\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)/g, "{{$1}}");
    return /[\\()?+*|]/.test(format) ? [] : [format];
  });
}
