// What embed.d.ts, custom-elements.json and docs/embedding.md promise is what the elements have.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants } from "node:zlib";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { giving, startHost, tag, told } from "../support/embed.mjs";
import { onPage, startBrowser } from "../support/page.mjs";
import { fromEnvironment, together } from "../support/processes.mjs";

const built = (name) => readFile(join(fromEnvironment("SEATREE_SITE"), name), "utf8");
const project = (path) => readFile(new URL(`../../${path}`, import.meta.url), "utf8");

let host, browser, elements;

before(async () => {
  [host, browser] = await together([startHost(), startBrowser()]);
  elements = JSON.parse(await built("custom-elements.json")).modules[0].declarations;
});

const names = (list) => list.map(({ name }) => name).sort();
const [first, unique] = [(list) => list[0], (list) => [...new Set(list)].sort()];

describe("the elements' contract", () => {
  it("is the same for each of them", () => {
    assert.deepEqual(elements.map(({ tagName }) => tagName), ["seatree-tree", "seatree-summary", "seatree-users"]);
    for (const part of ["attributes", "members", "events", "cssProperties", "cssParts"]) {
      for (const element of elements) assert.deepEqual(element[part], first(elements)[part]);
    }
  });

  it("is what the script has", async () => {
    host.show({ html: tag(host, "tree"), script: giving(host.token()) });
    await onPage(browser, host.url, {}, async (page) => {
      await told(page, "ready");
      const has = await page.evaluate(() => {
        const own = customElements.get("seatree-tree");
        const members = [];
        for (let at = own.prototype; at !== HTMLElement.prototype; at = Object.getPrototypeOf(at)) members.push(...Object.getOwnPropertyNames(at));
        return { attributes: own.observedAttributes, members };
      });
      assert.deepEqual(has.attributes.sort(), names(first(elements).attributes));
      const lifecycle = ["constructor", "connectedCallback", "disconnectedCallback", "attributeChangedCallback"];
      assert.deepEqual(unique(has.members.filter((name) => !lifecycle.includes(name))), names(first(elements).members));
    });
  });

  it("names the properties that the style sheet reads, and the parts that are there", async () => {
    const read = [...(await project("style/embed.css")).matchAll(/var\((--seatree-[\w-]+)/g)].map(([, name]) => name);
    assert.deepEqual(unique(read), names(first(elements).cssProperties));
    host.show({ html: tag(host, "tree") + tag(host, "summary"), script: giving(host.token()) });
    await onPage(browser, host.url, {}, async (page) => {
      for (const id of ["tree", "summary"]) await told(page, "ready", id);
      await page.getByRole("heading", { name: /^To look at/ }).waitFor();
      await page.getByRole("button", { name: "Details", exact: true }).click();
      await page.getByRole("complementary", { name: "Details" }).waitFor();
      const parts = await page.evaluate(() => ["tree", "summary"].flatMap((id) =>
        [...document.getElementById(id).shadowRoot.querySelectorAll("[part]")].map((element) => element.getAttribute("part"))));
      assert.deepEqual(unique(parts), names(first(elements).cssParts));
    });
  });

  it("is written down for type checkers and for people", async () => {
    const [types, docs] = [await built("embed.d.ts"), await project("docs/embedding.md")];
    const { attributes, members, events, cssProperties, cssParts } = first(elements);
    for (const { name } of attributes) assert.match(types, new RegExp(`^  "?${name}"?\\?: `, "m"), name);
    for (const { name } of members) assert.match(types, new RegExp(`^  ${name}[(:]`, "m"), name);
    for (const { name, type } of events) assert.ok(types.includes(`"${name}": ${type.text};`), name);
    for (const { name } of [...attributes, ...members, ...events, ...cssProperties, ...cssParts]) {
      assert.ok(docs.includes(`\`${name}`), `docs/embedding.md lacks ${name}`);
    }
    for (const { tagName } of elements) assert.ok(types.includes(`"${tagName}": SeatreeElement;`) && docs.includes(`<${tagName}>`), tagName);
  });

  it("takes a script of less than 5 kB to begin with", async () => {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    const { length } = brotliCompressSync(await built("embed.js"), { params });
    assert.ok(length < 5_000, `${length} bytes`);
  });
});
