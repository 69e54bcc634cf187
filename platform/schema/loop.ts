import { text } from "./leaf.ts";

/** Why a service that is called by what it writes itself comes to an end. */
export const loopEnds = text({
  pattern: /^\S.{0,299}$/,
  allowed: "a sentence of at most 300 characters",
  fix: 'write for example "objects below thumbnails/ are ignored"',
  placeholder: "a reason",
});
