import { GcsBackend, LocalBackend, type TerraformStack } from "cdktf";

/** Where a stack keeps its state: the bucket of the environment, or a local file beside the output. */
export function stateBackend(
  stack: TerraformStack,
  id: string,
  state: { readonly bucket: string } | undefined,
): void {
  // Relative to the stack's folder in the output, so that the JSON is the same in every checkout.
  if (state === undefined) new LocalBackend(stack, { path: `../../../terraform.${id}.tfstate` });
  else new GcsBackend(stack, { bucket: state.bucket, prefix: id });
}
