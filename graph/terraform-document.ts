/** One document of Terraform JSON, and where it comes from (stack, file). */
export interface TerraformDocument {
  readonly origin: string;
  readonly json: unknown;
}
