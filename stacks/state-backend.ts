import { GcsBackend, LocalBackend, type TerraformStack } from "cdktf";

/** Backend of a stack: a bucket, or a local file next to the output. */
export function stateBackend(stack: TerraformStack, id: string, bucket: string | undefined): void {
  // Relative to the stack's folder in the output, so that the JSON is the same in every checkout.
  if (bucket === undefined) new LocalBackend(stack, { path: `../../../terraform.${id}.tfstate` });
  else new GcsBackend(stack, { bucket, prefix: id });
}
