/**
 * Lifecycle of what must not be destroyed by mistake: Terraform refuses the plan, and with it every other deletion of
 * the same stack, so that a protected stack is not taken apart until the first refusal.
 */
export function protectedFromDestroy(protection = false): {
  readonly lifecycle?: { readonly preventDestroy: true };
} {
  return protection ? { lifecycle: { preventDestroy: true } } : {};
}
