/** What stands in the place of a value that may not be seen; Terraform writes the same. */
export const SENSITIVE = "(sensitive)";
