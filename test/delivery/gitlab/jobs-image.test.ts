import { expect, test } from "@jest/globals";
import { requireJobsImage } from "../../../delivery/gitlab/jobs-image.ts";

const DIGEST = `@sha256:${"0".repeat(64)}`;

test.each([
  `registry.example.com:5050/acme/ci${DIGEST}`,
  `$CI_REGISTRY_IMAGE/ci${DIGEST}`,
  `\${CI_REGISTRY}/acme/ci:1.2${DIGEST}`,
])("%s is an image of the jobs", (image) => {
  expect(() => requireJobsImage(image)).not.toThrow();
});

// The kind: what is no image, or another one tomorrow.
test.each([
  "",
  "x",
  "registry.example.com/ci:latest",
  "ci@sha256:0",
  `a b${DIGEST}`,
  `ci${DIGEST}\n`,
  `$(id)${DIGEST}`,
])("%j is none, as jobs sign in to Google in it", (image) => {
  expect(() => requireJobsImage(image)).toThrow(
    `The image of the jobs is ${JSON.stringify(image)}: allowed is an image by digest`,
  );
});
