import { imageByDigest } from "./image.ts";
import { text } from "./leaf.ts";
import { section } from "./section.ts";

/** The probe inside the VPC network, which runs before any service changes and every five minutes. */
export const preflight = section({
  /** Container image of `probe/`, by digest. */
  image: imageByDigest,
  /**
   * HTTPS address that returns the caller's IP address as text; the preflight compares it with the addresses of Cloud
   * NAT. @default no comparison
   */
  addressEcho: text({
    pattern: /^https:\/\/[a-z0-9.-]+(\/[A-Za-z0-9\-._~/]*)?$/,
    allowed: "an https:// address without a query",
    fix: 'write for example "https://checkip.example.com/"',
  }).optional(),
});
