import "./settings.tsx";
import "./style.css";
import { render } from "preact";
import type { PageData } from "../data.ts";
import { EnvironmentPage } from "./environment-page.tsx";
import { MeshPage } from "./mesh-page.tsx";
import { ReviewPage } from "./review-page.tsx";
import { VerificationPage } from "./verification-page.tsx";

const source = document.getElementById("data")?.textContent ?? "";
const root = document.getElementById("page");
if (root !== null) render(pageOf(JSON.parse(source) as PageData), root);

function pageOf(data: PageData) {
  switch (data.kind) {
    case "environment":
      return <EnvironmentPage data={data} />;
    case "mesh":
      return <MeshPage data={data} />;
    case "review":
      return <ReviewPage data={data} />;
    case "verification":
      return <VerificationPage data={data} />;
  }
}

/** What is folded on the screen is wanted on paper. */
const folded: HTMLDetailsElement[] = [];
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>("details:not([open])")) {
    if (details.closest(".what-if") !== null) continue;
    details.open = true;
    folded.push(details);
  }
});
addEventListener("afterprint", () => {
  for (const details of folded.splice(0)) details.open = false;
});
