"""A video from a phone: chosen in the form, refused files named, playable on the entry's page with poster and captions."""

from pathlib import Path

from linli.media.tests import recordings
from tests.browser import rulers
from tests.browser.conftest import Browse
from tests.browser.site import Site


def test_a_video_from_a_phone_can_be_played(site: Site, browse: Browse, tmp_path: Path) -> None:
    video, hostile = tmp_path / "VID_1.mp4", tmp_path / "evil.svg"
    video.write_bytes(recordings.video(width=360, height=640))
    hostile.write_text("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    page = browse(site, site.actor("李梅"), device="phone", path="/c/sunny/post/")

    page.fill("[name=body]", "昨晚的萤火虫")
    page.set_input_files("[name=pictures]", [str(video), str(hostile)])
    page.click("form.composer button[name=step]")
    page.wait_for_selector("textarea[name^=captions]")
    assert "evil.svg" in page.locator("form.composer .wrong").inner_text()
    assert rulers.axe(page) == []
    page.fill("textarea[name^=captions]", "00:00:00,000 --> 00:00:02,000\n看，萤火虫")
    page.locator("form.composer button[type=submit]:not(.unseen)").last.click()

    page.wait_for_selector(".enclosures video", timeout=60_000)
    told = page.evaluate(
        """async () => {
          const video = document.querySelector(".enclosures video");
          video.muted = true;
          await video.play();
          await new Promise((done) => setTimeout(done, 700));
          return [video.currentTime > 0, video.videoWidth, video.videoHeight, video.textTracks[0].cues.length, !!video.poster];
        }"""
    )
    assert told == [True, 360, 640, 1, True]
    assert rulers.axe(page) == []
