// The colour mode changes at once; the server keeps it for the next page.
export function listenForTheme() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-theme-form]") || !event.submitter) return;
    event.preventDefault();
    applyTheme(event.submitter.value);
    fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), redirect: "manual" });
  });
}

function applyTheme(theme) {
  document.documentElement.dataset.bsTheme = theme;
  document.querySelector("meta[name=color-scheme]")?.setAttribute("content", theme === "auto" ? "light dark" : theme);
  for (const button of document.querySelectorAll("[data-theme-form] button[name=theme]")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}
