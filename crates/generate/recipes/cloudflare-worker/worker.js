const HOST = "@POLICY_HOST@";
const PATH = "/.well-known/mta-sts.txt";
const POLICY = @POLICY_AS_JSON@;

export default {
  fetch(request) {
    const url = new URL(request.url);
    if (url.hostname !== HOST || url.pathname !== PATH) {
      return new Response(null, { status: 404 });
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      return new Response(null, { status: 405, headers: { Allow: "GET, HEAD" } });
    }
    return new Response(request.method === "HEAD" ? null : POLICY, {
      headers: {
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "no-cache",
      },
    });
  },
};
