// The page in the languages that it speaks. What a text is there is taken from its catalog.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { readFileSync } from "node:fs";
import { violations } from "../support/axe.mjs";
import { giving, startHost, tag, told } from "../support/embed.mjs";
import { onPage, open, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree, startSite } from "../support/seatree.mjs";
import { sideways } from "../support/sideways.mjs";
import { rowCount } from "../support/steps.mjs";

const CATALOG = /\/(\w+)-[0-9a-f]+\.txt$/;

let seatree, bare, browser;

before(async () => {
  [seatree, bare, browser] = await together([startSeatree(), startSite(), startBrowser()]);
});

const catalogs = {};

/** What an English text is in a language. */
function said(language, english, values = {}) {
  if (language === "en") return english;
  catalogs[language] ??= JSON.parse(readFileSync(new URL(`../../locales/${language}.json`, import.meta.url)));
  const found = catalogs[language][english];
  assert.ok(found, `${language}.json has ${english}`);
  const pattern = typeof found === "string"
    ? found : found[new Intl.PluralRules(language).select(values.n ?? 0)];
  return pattern.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === "number" ? value.toLocaleString(language) : value;
  });
}

const german = (english, values) => said("de", english, values);

/** The languages that a page fetches, in their order. */
function fetched(page) {
  const languages = [];
  page.on("request", (request) => {
    const [, language] = CATALOG.exec(new URL(request.url()).pathname) ?? [];
    if (language) languages.push(language);
  });
  return languages;
}

/** Opens the page in a browser that prefers these languages, and tells which were fetched. */
function inBrowser(locale, work, { url = seatree.url, ...profile } = {}) {
  return onPage(browser, "about:blank", { locale, ...profile }, async (page) => {
    const languages = fetched(page);
    await page.goto(url);
    await work(page, languages);
  });
}

/** Signs in to the demonstration and waits until all of it was read. */
async function read(page, language = "de") {
  await page.getByRole("button", { name: said(language, "Sign in to the demo") }).click();
  await page.locator(".pill").nth(2).waitFor({ state: "attached" });
  await page.waitForFunction(() => !document.querySelector(".pill.busy, .pill.out"), null, { timeout: 60_000 });
}

const visit = async (page, english) => {
  const name = german(english);
  await page.getByRole("navigation").getByRole("link", { name }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor({ state: "attached" });
};

/** Opens the menu of languages and takes one. */
async function choose(page, name) {
  await page.getByRole("contentinfo").getByRole("button", { name: /^(English|Deutsch|Français|Nederlands|Español)$/ }).click();
  await page.getByRole("dialog").getByRole("button", { name }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

const speaks = (page, language) => page.locator(`html[lang="${language}"]`).waitFor({ state: "attached" });

describe("the language of the browser", () => {
  for (const language of ["de", "fr", "nl", "es"]) {
    it(`is spoken, and only it is fetched: ${language}`, () => inBrowser(language, async (page, languages) => {
      await page.getByRole("button", { name: said(language, "Sign in to the demo") }).waitFor();
      await page.getByRole("navigation", { name: said(language, "Pages") }).waitFor();
      await speaks(page, language);
      assert.equal(await page.locator("html").getAttribute("dir"), "ltr");
      assert.deepEqual(languages, [language]);
    }));
  }

  it("fetches nothing where it is English", () => inBrowser("en-GB", async (page, languages) => {
    await page.getByRole("button", { name: "Sign in to the demo" }).waitFor();
    await speaks(page, "en");
    assert.deepEqual(languages, []);
  }));

  it("gives way to English where the page does not speak it", () => inBrowser("it-IT", async (page, languages) => {
    await page.getByRole("button", { name: "Sign in to the demo" }).waitFor();
    assert.deepEqual(languages, []);
  }));
});

describe("numbers, dates and plurals", () => {
  it("are written as in German", () => inBrowser("de-DE", async (page) => {
    await read(page);
    const figures = page.getByRole("region", { name: german("Key figures") });
    const { assigned, in_use: used } = seatree.truth.draas.teams;
    const limit = assigned.toLocaleString("de-DE");
    const available = (assigned - used).toLocaleString("de-DE");
    await figures.getByText(german("of {limit} assigned · {available} available", { limit, available })).waitFor();
    const share = (used / assigned).toLocaleString("de-DE", { style: "percent" });
    await page.getByRole("treegrid").getByText(share, { exact: true }).first().waitFor();
    // Time as the browser writes it: 24 hours, two digits.
    await page.getByRole("banner").getByRole("button", { name: german("Connections"), exact: true }).click();
    const [before, after] = german("Read at {time}.", { time: "|" }).split("|");
    const read_at = new RegExp(`^${before}\\d\\d:\\d\\d${after.replace(".", "\\.")}`);
    await page.getByRole("dialog").getByText(read_at).first().waitFor();
    await page.keyboard.press("Escape");
    for (const n of [1, 2]) {
      await page.locator("[role=treegrid] [role=row][tabindex='0']").focus();
      await page.keyboard.press(n === 1 ? "Space" : "Shift+ArrowDown");
      await page.getByRole("contentinfo").getByRole("status")
        .getByText(german("Selection: {n} rows", { n })).waitFor();
    }
  }));

  it("follow the region", () => inBrowser("de-CH", async (page) => {
    await read(page);
    const assigned = seatree.truth.draas.teams.assigned.toLocaleString("de-CH");
    assert.notEqual(assigned, seatree.truth.draas.teams.assigned.toLocaleString("de-DE"));
    await page.getByRole("region", { name: german("Key figures") }).getByText(assigned).first().waitFor();
  }));
});

describe("a person", () => {
  it("chooses a language, and what was read stays", () => inBrowser("en-US", async (page, languages) => {
    await read(page, "en");
    const rows = await rowCount(page);
    await page.getByRole("searchbox").fill("telecom");
    await page.locator("[role=row]:not([hidden]) mark").first().waitFor();
    await page.waitForURL(/q=telecom/);
    const place = page.url();
    await choose(page, "Deutsch");
    await speaks(page, "de");
    await page.getByRole("treegrid", { name: german("Licenses") }).waitFor();
    await page.locator("[role=row]:not([hidden]) mark").first().waitFor();
    assert.equal(await page.getByRole("searchbox").inputValue(), "telecom");
    assert.equal(page.url(), place);
    await page.getByRole("searchbox").fill("");
    await page.waitForFunction((rows) => {
      const grid = document.querySelector("[role=treegrid]");
      return Number(grid.getAttribute("aria-rowcount")) - 2 === rows;
    }, rows);
    assert.deepEqual(languages, ["de"]);
    // It is kept, and taken back.
    await page.reload();
    await page.getByRole("button", { name: german("Sign in to the demo") }).waitFor();
    await choose(page, german("As the browser has it"));
    await page.getByRole("button", { name: "Sign in to the demo" }).waitFor();
    await speaks(page, "en");
  }));

  it("finds the menu in the palette, in either language", () => inBrowser("de", async (page) => {
    await page.getByRole("button", { name: german("Sign in to the demo") }).waitFor();
    for (const words of [german("Language"), "Language"]) {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").and(page.locator(":focus")).waitFor();
      await page.keyboard.type(words);
      await page.getByRole("option", { name: german("Language"), selected: true }).waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("dialog", { name: german("Language") }).getByRole("button", { name: "Nederlands" }).waitFor();
      await page.keyboard.press("Escape");
    }
  }));
});

describe("seatree.json", () => {
  it("names a language for who has not chosen one", async () => {
    await bare.configure({ version: 1, connections: [], locale: "fr" });
    const french = (english) => said("fr", english);
    await inBrowser("de", async (page, languages) => {
      await page.getByRole("heading", { name: french("Every seat in one tree") }).waitFor();
      assert.deepEqual(languages, ["fr"]);
      await choose(page, "Español");
      await page.getByRole("heading", { name: said("es", "Every seat in one tree") }).waitFor();
      await page.reload();
      await page.getByRole("heading", { name: said("es", "Every seat in one tree") }).waitFor();
    }, { url: bare.url });
    await inBrowser("en-US", async (page) => {
      await page.getByRole("heading", { name: french("Every seat in one tree") }).waitFor();
    }, { url: bare.url });
  });

  it("has its mistakes told in the language of the browser", async () => {
    await bare.configure({ version: 1, connections: [], locale: "tlh" });
    const problem = german("must be a language, en, de, fr, nl or es, perhaps with a region such as de-CH");
    await inBrowser("de", (page) => page.getByRole("alert").getByText(problem).waitFor(), { url: bare.url });
  });
});

describe("an element on somebody else's page", () => {
  let host;
  before(async () => {
    host = await startHost();
  });

  const shown = (html, work) => {
    host.show({ html, script: giving(host.token()) });
    return inBrowser("es", work, { url: host.url });
  };
  const tree = (page, language) => page.getByRole("treegrid", { name: said(language, "Licenses") }).waitFor();

  it("speaks the language of its attribute, and another one without reading again", () =>
    shown(tag(host, "tree", { lang: "de" }), async (page, languages) => {
      await told(page, "ready");
      await tree(page, "de");
      assert.equal(await page.locator("seatree-tree .frame").getAttribute("lang"), "de");
      await page.evaluate(() => document.getElementById("tree").setAttribute("lang", "fr"));
      await tree(page, "fr");
      assert.deepEqual(languages, ["de", "fr"]);
      assert.equal(await page.locator("html").getAttribute("lang"), "en");
      assert.equal(await page.evaluate(() => window.told.filter(([event]) => event === "ready").length), 1);
    }));

  it("speaks one language with all others of the page", () =>
    shown(tag(host, "tree", { lang: "de" }) + tag(host, "summary", { lang: "de" }), async (page, languages) => {
      await tree(page, "de");
      await page.evaluate(() => document.getElementById("summary").setAttribute("lang", "nl"));
      await tree(page, "nl");
      await page.getByRole("heading", { name: said("nl", "To look at") }).waitFor();
      assert.deepEqual(languages, ["de", "nl"]);
    }));

  it("speaks that of the page around it where it names none", () =>
    shown(`<div lang="nl">${tag(host, "tree")}</div>`, async (page, languages) => {
      await tree(page, "nl");
      assert.deepEqual(languages, ["nl"]);
    }));
});

it("stays English where a language cannot be fetched", async () => {
  const tab = await open(browser, "about:blank", { locale: "de" });
  await tab.page.route(CATALOG, (route) => route.fulfill({ status: 404, body: "" }));
  await tab.page.goto(seatree.url);
  await tab.page.getByRole("button", { name: "Sign in to the demo" }).waitFor();
  await speaks(tab.page, "en");
  const [network, said, ...others] = tab.faults();
  assert.match(network, /404/);
  assert.match(said, /Seatree stays English: .*de-.*404/);
  assert.deepEqual(others, []);
  await tab.close();
});

/** The screens in German, in an order in which each leads to the next. */
const SCREENS = {
  "the start": (page) => page.getByRole("button", { name: german("Sign in to the demo") }).waitFor(),
  "the licenses": (page) => read(page),
  "the details of a node": async (page) => {
    await page.locator("[role=treegrid] [role=row][tabindex='0']").focus();
    for (let rows = 0; rows < 3; rows += 1) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: german("Details") })
      .getByRole("button", { name: german("Copy the link to this place") }).waitFor();
  },
  "filter and sort": async (page) => {
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: german("Filter"), exact: true }).click();
    await page.getByRole("dialog", { name: german("Filter and sort") })
      .getByRole("button", { name: german("Done") }).waitFor();
  },
  "the languages": async (page) => {
    await page.keyboard.press("Escape");
    await page.getByRole("contentinfo").getByRole("button", { name: "Deutsch" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Nederlands" }).waitFor();
  },
  "the connections": async (page) => {
    await page.keyboard.press("Escape");
    await page.getByRole("banner").getByRole("button", { name: german("Connections"), exact: true }).click();
    const card = page.getByRole("dialog", { name: german("Connections") }).getByRole("article").first();
    await card.getByRole("button", { name: german("Edit") }).click();
    await page.getByRole("form", { name: german("Connection") }).waitFor();
  },
  "the services": async (page) => {
    await page.getByRole("dialog").getByRole("button", { name: german("Close") }).click();
    await visit(page, "Services");
    await page.getByRole("grid", { name: german("Services") }).waitFor();
  },
  "the clusters": async (page) => {
    await visit(page, "Clusters");
    await page.getByRole("grid", { name: german("Licensed users") }).waitFor();
  },
  "the changes": async (page) => {
    await visit(page, "Changes");
    await page.getByText(german("No change was sent from this browser yet.")).or(page.getByRole("main").getByRole("heading")).first().waitFor();
  },
};

for (const [device, viewport] of Object.entries({
  "on a desk": { width: 1440, height: 900 }, "on a phone": { width: 390, height: 844 },
})) {
  it(`German fits and is accessible ${device}`, () => inBrowser("de", async (page) => {
    for (const [name, show] of Object.entries(SCREENS)) {
      await show(page);
      assert.deepEqual(await sideways(page, viewport.width), [], name);
      assert.deepEqual(await violations(page), [], name);
    }
  }, { viewport }));
}
