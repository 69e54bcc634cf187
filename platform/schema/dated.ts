import { text } from "./leaf.ts";

/** What every decision with an end holds: why it was taken, and its last day. */
export const dated = {
  reason: text({
    pattern: /^(?=.*\S.*\S).{10,}$/,
    allowed: "a sentence that says why",
    fix: "write at least ten characters",
  }),
  /** Last day on which it holds, YYYY-MM-DD. */
  expires: text({
    pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
    allowed: "a date YYYY-MM-DD",
    fix: 'write for example "2027-03-31"',
    placeholder: "9999-12-31",
  }),
};

/** Terraform address of a resource, as reports print it. */
export const terraformAddress = text({
  pattern: /^.+$/,
  allowed: "the Terraform address that the report prints",
  fix: "copy it from the report",
});
