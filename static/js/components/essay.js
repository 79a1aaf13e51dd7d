// Free text: how many words it has so far. Seen, not announced: nobody wants to hear a number after every key.

for (const counter of document.querySelectorAll("[data-words-in]")) {
  const field = document.getElementById(counter.dataset.wordsIn);
  const number = counter.querySelector("span");
  const count = () => { number.textContent = field.value.split(/\s+/).filter(Boolean).length; };
  field.addEventListener("input", count);
  counter.hidden = false;
  count();
}
