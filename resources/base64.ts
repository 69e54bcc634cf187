import { form } from "./constraints/index.ts";

/** Bytes, which the API takes in base64. */
export function base64(
  attribute: string,
  options: { readonly within?: string; readonly outcome?: "rejected at plan" } = {},
) {
  return form(attribute, /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, {
    ...options,
    form: "base64",
    examples: ["e30="],
    fix: "Write base64encode(...) around it.",
  });
}
