import { beforeAll, describe } from "@jest/globals";
import { browserPages } from "../support/browser.ts";
import { stagingPage } from "../support/environment-page.ts";
import { describeWith } from "../support/programs.ts";
import { changePageTests } from "./change-page.ts";
import { environmentPageTests, type StagingPage } from "./environment-page.ts";
import { hundredServicesTests } from "./hundred-services.ts";
import { meshPageTests } from "./mesh-page.ts";
import { shapePageTests } from "./shape-page.ts";
import { verificationPageTests } from "./verification-page.ts";
import { whatIfTests } from "./what-if.ts";

// One file, so that one browser is launched for all of them.
describeWith(["chromium"], "pages in a browser", () => {
  const pages = browserPages();
  describe("the page of an environment", () => {
    const staging = { html: "" } as StagingPage;
    beforeAll(async () => {
      staging.html = await stagingPage();
      staging.page = await pages.open(staging.html, { hasTouch: true });
    });
    environmentPageTests(pages, staging);
    describe("a what-if", () => whatIfTests(pages, staging));
  });
  describe("the page of a hundred services", () => hundredServicesTests(pages));
  describe("the page of an environment with less", () => shapePageTests(pages));
  describe("the page of an environment behind Istio", () => meshPageTests(pages));
  describe("the page of a verification", () => verificationPageTests(pages));
  describe("the page of a change", () => changePageTests(pages));
});
