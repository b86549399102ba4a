// Before the first paint: the theme that was chosen, if one was.
(function () {
  const chosen = localStorage.getItem("millrace-theme");
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
  }
})();
