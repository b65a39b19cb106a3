// In every page: shows of each thing that has its time ([data-from], [data-until]) what holds now,
// so that a page stays true although no build has run. Under 1 KB; its hash is in the policy.
(() => {
  const look = () => {
    const now = Date.now()
    document.querySelectorAll("[data-from],[data-until]").forEach((element) => {
      const { from, until, is } = element.dataset
      element.hidden = now < Date.parse(from) || now >= Date.parse(until)
      const post = is && !element.hidden && element.closest("article")
      if (post) post.dataset.state = is
    })
  }
  look()
  setInterval(look, 30000)
})()
