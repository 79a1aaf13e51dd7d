// Shows the name as it is typed, set as on the certificate. Without script the page shows it after "Save and look again".

const twin = document.querySelector("[data-name-twin] strong");
const field = document.getElementById(twin.parentElement.htmlFor.value);

field.addEventListener("input", () => {
  twin.textContent = field.value.normalize("NFC").trim().replace(/\s+/g, " ") || "–";
});
