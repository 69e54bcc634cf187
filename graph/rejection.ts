/**
 * What Terraform rejects of a configuration as a whole, and no attribute of a resource shows: an output, the target of an
 * import, how a resource is repeated.
 */
export interface Rejection {
  /** Address of what is to be changed: "output.password", "google_sql_database.orders". */
  readonly address: string;
  /** File, with line where it is known. @default that of the resource at the address */
  readonly origin?: string;
  /** The value and its place; what happens: why. */
  readonly message: string;
  /** What to change. */
  readonly fix: string;
}
