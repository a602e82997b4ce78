/*
 * Colours for cells that begin with %%mo (GraphQL) and %%mosql (SQL), in JupyterLab 4.
 *
 * JupyterLab knows no language but the kernel's, so Python's own colours are underneath: what is marked here
 * is !important. This file is what JupyterLab loads; there is no build. It uses the CodeMirror that
 * JupyterLab shares, and nothing from elsewhere.
 */
(() => {
  "use strict";

  const KEYWORDS = new Set(["query", "mutation", "subscription", "fragment", "on"]);
  const LITERALS = new Set(["true", "false", "null"]);
  const SQL_KEYWORDS = new Set(
    ("all and anti as asc asof at between by case cast cross date desc describe distinct else end except exclude " +
      "exists explain false filter from full group having ilike in inner intersect interval is join lateral left " +
      "like limit not null nulls offset on or order outer over partition pivot qualify replace right sample select " +
      "semi summarize table then true union unnest unpivot using values when where window with").split(" "),
  );

  const GRAPHQL =
    /(#.*)|("""[\s\S]*?(?:"""|$(?![\s\S])))|("(?:[^"\\\n]|\\.)*"?)|(\$\w*)|(@\w*)|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(\.\.\.)|([A-Za-z_]\w*)|([{}()[\]:!=|&])/g;
  const SQL =
    /(--.*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S])))|('(?:[^']|'')*'?)|("(?:[^"]|"")*"?)|(\$\w+)|(\d+(?:\.\d+)?)|([A-Za-z_\u00c0-\u024f][\w\u00c0-\u024f]*)/g;

  /** The first line: the magic, then its words. */
  function magic(line) {
    const found = [];
    for (const word of line.matchAll(/%%\w+|--[\w-]+/g)) {
      found.push([word.index, word.index + word[0].length, word[0].startsWith("%") ? "magic" : "option"]);
    }
    return found;
  }

  /**
   * The tokens of a GraphQL document, from its beginning: [start, end, kind].
   *
   * `open` holds what is around a token: "{" a selection, "(" arguments, "i" an input object, "[" a list,
   * "v" the variables of an operation.
   */
  function graphql(text) {
    const found = [];
    const open = [];
    let after = "";
    for (const match of text.matchAll(GRAPHQL)) {
      const [token, comment, block, string, variable, directive, number, spread, name] = match;
      const around = open[open.length - 1] ?? "";
      let kind = "punctuation";
      if (comment) kind = "comment";
      else if (block || string) kind = "string";
      else if (variable) kind = "variable";
      else if (directive) kind = "directive";
      else if (number) kind = "number";
      else if (spread) kind = "keyword";
      else if (name) kind = nameKind(name, around, after, text.slice(match.index + name.length));
      else if (token === "{") open.push(around === "(" || around === "i" || around === "[" ? "i" : "{");
      else if (token === "(") open.push(around === "" ? "v" : "(");
      else if (token === "[") open.push(around === "v" ? "v" : "[");
      else if (token === "}" || token === ")" || token === "]") open.pop();
      found.push([match.index, match.index + token.length, kind]);
      if (!comment) after = token;
    }
    return found;
  }

  function nameKind(name, around, after, rest) {
    const isNamed = /^\s*:/.test(rest);
    if (around === "") return after === "on" ? "type" : KEYWORDS.has(name) ? "keyword" : "definition";
    if (around === "v") return LITERALS.has(name) ? "literal" : "type";
    if (around === "{") {
      if (after === "on") return "type";
      if (after === "...") return name === "on" ? "keyword" : "definition";
      return isNamed ? "alias" : "field";
    }
    if (isNamed && around !== "[") return "argument";
    return LITERALS.has(name) ? "literal" : "enum";
  }

  function sql(text) {
    const found = [];
    for (const match of text.matchAll(SQL)) {
      const [token, comment, string, quoted, variable, number, name] = match;
      const kind = comment
        ? "comment"
        : string
          ? "string"
          : variable
            ? "variable"
            : number
              ? "number"
              : name && SQL_KEYWORDS.has(name.toLowerCase())
                ? "keyword"
                : quoted || name
                  ? "field"
                  : "";
      if (kind) found.push([match.index, match.index + token.length, kind]);
    }
    return found;
  }

  /** The tokens of a whole cell; null when it is not ours. */
  function tokens(text) {
    const head = /^\s*%%(mo|mosql)\b[^\n]*/.exec(text);
    if (!head) return null;
    const start = head[0].length;
    const body = (head[1] === "mo" ? graphql : sql)(text.slice(start));
    return [...magic(head[0]), ...body.map(([from, to, kind]) => [from + start, to + start, kind])];
  }

  const COLOURS = {
    magic: "meta",
    option: "meta",
    keyword: "keyword",
    type: "variable-3",
    definition: "def",
    field: "property",
    alias: "def",
    argument: "attribute",
    enum: "atom",
    literal: "atom",
    string: "string",
    number: "number",
    variable: "variable-2",
    directive: "meta",
    comment: "comment",
    punctuation: "punctuation",
  };

  function style() {
    const rules = Object.entries(COLOURS).map(([kind, name]) => {
      const weight = kind === "keyword" || kind === "magic" ? "bold" : "normal";
      const slant = kind === "comment" ? "italic" : "normal";
      const colour = `var(--jp-mirror-editor-${name}-color, var(--jp-content-font-color1))`;
      const look = `color: ${colour} !important; font-weight: ${weight} !important; font-style: ${slant} !important;`;
      return `.cm-mo-${kind}, .cm-mo-${kind} * { ${look} text-decoration: none !important; }`;
    });
    const element = document.createElement("style");
    element.id = "motoolkit-colours";
    element.textContent = rules.join("\n");
    return element;
  }

  function colours({ RangeSetBuilder, Prec }, { Decoration, ViewPlugin }) {
    const marks = Object.fromEntries(
      Object.keys(COLOURS).map((kind) => [kind, Decoration.mark({ class: `cm-mo-${kind}` })]),
    );

    function decorated(view) {
      const builder = new RangeSetBuilder();
      const first = view.state.doc.line(1).text;
      const found = /^\s*%%mo/.test(first) ? tokens(view.state.doc.toString()) : null;
      for (const [from, to, kind] of found ?? []) {
        const seen = view.visibleRanges.some((range) => from < range.to && to > range.from);
        if (seen && to > from) builder.add(from, to, marks[kind]);
      }
      return builder.finish();
    }

    const plugin = ViewPlugin.fromClass(
      class {
        constructor(view) {
          this.decorations = decorated(view);
        }
        update(update) {
          if (update.docChanged || update.viewportChanged) this.decorations = decorated(update.view);
        }
      },
      { decorations: (value) => value.decorations },
    );
    return Prec.lowest(plugin);
  }

  /** One of the modules that JupyterLab shares, whatever its version. */
  async function shared(scope, name) {
    const [version] = Object.values(scope[name]);
    return (await version.get())();
  }

  let scope;
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB.motoolkit = {
    init: (given) => {
      scope = given;
    },
    get: async () => {
      const { EditorExtensionRegistry, IEditorExtensionRegistry } = await shared(scope, "@jupyterlab/codemirror");
      const extension = colours(
        await shared(scope, "@codemirror/state"),
        await shared(scope, "@codemirror/view"),
      );
      const plugin = {
        id: "motoolkit:colours",
        description: "Colours GraphQL in %%mo cells, and SQL in %%mosql cells.",
        autoStart: true,
        requires: [IEditorExtensionRegistry],
        activate: (_, registry) => {
          document.head.append(style());
          registry.addExtension({
            name: "motoolkit:colours",
            factory: () => EditorExtensionRegistry.createImmutableExtension(extension),
          });
        },
      };
      // Without __esModule JupyterLab does not start at all (measured on 4.6).
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
