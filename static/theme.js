// Applies the theme the user chose before anything is painted. Without a
// choice the style sheets follow the system.
(() => {
  try {
    const theme = localStorage.getItem("meshwright.theme");
    if (theme === "light" || theme === "dark") {
      document.documentElement.dataset.theme = theme;
    }
  } catch {
    // Storage can be forbidden. The system's theme is a good answer then.
  }
})();
