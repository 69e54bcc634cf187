/**
 * Lifecycle of resources that must not be destroyed by accident: Terraform rejects the plan, and with it every other
 * deletion in the stack, so that a protected stack is never destroyed in part.
 */
export function protectedFromDestroy(protection = false): {
  readonly lifecycle?: { readonly preventDestroy: true };
} {
  return protection ? { lifecycle: { preventDestroy: true } } : {};
}
