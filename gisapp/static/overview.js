/* Paper shows the table behind every chart. */
(function () {
  "use strict";
  const tables = () => document.querySelectorAll("details.as-table");
  let open = [];
  window.addEventListener("beforeprint", () => {
    open = [...tables()].filter((table) => table.open);
    tables().forEach((table) => { table.open = true; });
  });
  window.addEventListener("afterprint", () => tables().forEach((table) => { table.open = open.includes(table); }));
})();
