/** `${NAME}`, `$(NAME)`, `$NAME`, `{{ .Values.name }}`, `<name>`, `%NAME%` and `__NAME__`. */
const PLACEHOLDER = /\$[{(A-Z_]|\{\{|<[^<>]+>|%[A-Za-z_][\w.-]*%|__[A-Z][A-Z0-9_]*__/;

/** True where a part of the text is a template that another tool fills in before Terraform reads it. */
export function holdsPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}
