/** The provider's own documentation of a type. */
export const PROVIDER = "https://registry.terraform.io/providers/hashicorp/google/latest/docs";

export function documentation(type: string): string {
  return `${PROVIDER}/resources/${type.replace(/^google_/, "")}`;
}
