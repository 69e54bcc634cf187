import { imageByDigest } from "./image.ts";
import { text } from "./leaf.ts";
import { section } from "./section.ts";

/** The probe that runs inside the VPC network before any service changes, and every five minutes afterwards. */
export const preflight = section({
  /** Container image of `probe/`, by digest. */
  image: imageByDigest,
  /**
   * HTTPS address that answers with the caller's own IP address as text; the preflight compares it with the addresses
   * of Cloud NAT. @default the comparison is left out
   */
  addressEcho: text({
    pattern: /^https:\/\/[a-z0-9.-]+(\/[A-Za-z0-9\-._~/]*)?$/,
    allowed: "an https:// address without a query",
    fix: 'write for example "https://checkip.example.com/"',
  }).optional(),
});
