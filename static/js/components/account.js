// Account pages: show what is typed in a password field, offer passkeys where the browser has them.

const words = document.querySelector("[data-account]").dataset;

for (const input of document.querySelectorAll("input[type=password]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet";
  button.textContent = words.textShow;
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => {
    const show = input.type === "password";
    input.type = show ? "text" : "password";
    button.textContent = show ? words.textHide : words.textShow;
  });
  input.form.addEventListener("submit", () => { input.type = "password"; });
  input.after(button);
}

for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = !window.PublicKeyCredential;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelector("[data-alert]").textContent = document.querySelector("[data-passkey-failed]").dataset.passkeyFailed;
});
