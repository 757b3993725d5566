// While a batch is on its way: how much of it has arrived. The answer's page is opened then.
const form = document.querySelector("form.bring");
const said = document.querySelector(".sent");

// One of the two ways is used: choosing in one empties the other.
const inputs = [...form.querySelectorAll("input[type=file]")];
for (const input of inputs)
  input.addEventListener("change", () => {
    for (const other of inputs) if (other !== input && input.files.length) other.value = "";
  });

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const files = inputs.flatMap((input) => [...input.files]);
  said.hidden = false;
  if (!files.length) {
    said.textContent = "请先选择压缩包或文件夹。";
    delete form.dataset.sent;
    return;
  }
  const body = new FormData();
  body.append("csrf", form.elements.csrf.value);
  body.append("plan", form.elements.plan.value);
  for (const file of files) body.append("file", file, file.webkitRelativePath || file.name);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.onprogress = ({ loaded, total }) => {
    said.textContent = loaded < total ? `已上传 ${Math.floor((loaded / total) * 100)}%` : "已传完，正在保存…";
  };
  request.onload = () => {
    delete form.dataset.sent;
    if (request.status < 300) location.assign(request.responseURL);
    else {
      said.textContent = "";
      document.getElementById("notice").replaceChildren(
        ...new DOMParser().parseFromString(request.responseText, "text/html").querySelectorAll(".failure, .alert"),
      );
    }
  };
  request.onerror = () => {
    delete form.dataset.sent;
    said.textContent = "没有传完，请检查网络后重新上传。";
  };
  request.send(body);
});
