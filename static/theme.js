// Applies the theme and the contrast that the user chose before anything is
// painted. Without a choice both follow the system.
(() => {
  const root = document.documentElement;
  try {
    for (const [name, words] of [["theme", ["light", "dark"]], ["contrast", ["standard", "more"]]]) {
      const word = localStorage.getItem(`meshwright.${name}`);
      if (words.includes(word)) root.dataset[name] = word;
    }
  } catch {
    // Storage can be forbidden. What the system says is a good answer then.
  }

  // Whether more contrast shows, by choice or by the system, is one attribute,
  // so that the style sheets state it once. The system's own colours need it, too.
  const wishes = matchMedia("(prefers-contrast: more)");
  const forced = matchMedia("(forced-colors: active)");
  const show = () => {
    const chosen = root.dataset.contrast;
    root.toggleAttribute("data-more", forced.matches || (chosen ? chosen === "more" : wishes.matches));
  };
  wishes.addEventListener("change", show);
  forced.addEventListener("change", show);
  new MutationObserver(show).observe(root, { attributeFilter: ["data-contrast"] });
  show();
})();
