// What every page needs of script: nothing but small helps; without it all pages still work.

// A form that was sent is not sent twice by a second click.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  else if (!form.matches("[hx-get], [hx-post], [method=get]")) form.dataset.sent = "yes";
});

// Coming back by the browser's "back" finds the form usable again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// The network is away: htmx gets no answer that could be shown.
document.addEventListener("htmx:sendError", () => {
  const notice = document.getElementById("notice");
  notice.innerHTML =
    '<div class="alert" role="alert"><p class="alert-title">连接中断</p>' +
    "<p>暂时连不上服务器，刚才的操作没有保存。请检查网络后重试。</p></div>";
});

// What was said of an earlier action goes when the next one succeeds.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) document.getElementById("notice").replaceChildren();
});
