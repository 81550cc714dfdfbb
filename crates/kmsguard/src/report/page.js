const filters = document.querySelector('.filter');
const [words, severity] = [document.querySelector('#words'), document.querySelector('#severity')];
const findings = [...document.querySelectorAll('.findings > *')];
const told = document.querySelector('#told');
function filter() {
  const wanted = words.value.toLowerCase();
  let shown = 0;
  for (const finding of findings) {
    const fits = finding.textContent.toLowerCase().includes(wanted) && ['', finding.dataset.severity].includes(severity.value);
    finding.hidden = !fits;
    if (fits) shown += 1;
  }
  told.textContent = `${shown} of ${findings.length} shown`;
}
if (filters) {
  filters.hidden = false;
  filters.addEventListener('input', filter);
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && document.activeElement !== words) {
      event.preventDefault();
      words.focus();
    } else if (event.key === 'Escape' && document.activeElement === words) {
      words.value = '';
      filter();
    }
  });
}
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});
