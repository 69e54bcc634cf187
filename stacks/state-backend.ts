import { GcsBackend, LocalBackend, type TerraformStack } from "cdktf";

/** Backend of a stack: the bucket of the environment, or a local file next to the output. */
export function stateBackend(
  stack: TerraformStack,
  id: string,
  state: { readonly bucket: string } | undefined,
): void {
  // Relative to the stack's folder in the output, so that the JSON is the same in every checkout.
  if (state === undefined) new LocalBackend(stack, { path: `../../../terraform.${id}.tfstate` });
  else new GcsBackend(stack, { bucket: state.bucket, prefix: id });
}
