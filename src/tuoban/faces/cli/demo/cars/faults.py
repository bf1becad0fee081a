"""What the cars of the demo come with, and what is done about it."""

from __future__ import annotations

from typing import NamedTuple


class Job(NamedTuple):
    """A piece of work on a car: what it costs, in yuan, and the part that it takes, if any."""

    what: str
    kind: str
    labour: int
    part: str = ""
    quantity: int = 0
    price: int = 0


class Fault(NamedTuple):
    """What a customer complains of. `minutes` of work, and what else may be found by it."""

    system: str
    complaint: str
    cause: str
    minutes: int
    job: Job
    beside: Job


class Part(NamedTuple):
    number: str
    name: str
    pieces: int


PARTS = (
    Part("BP-204", "前制动片", 80),
    Part("BD-118", "前制动盘", 40),
    Part("OF-310", "机油滤清器", 180),
    Part("AF-522", "空气滤清器", 120),
    Part("CF-417", "空调滤芯", 120),
    Part("SP-701", "火花塞", 192),
    Part("IC-088", "点火线圈", 48),
    Part("BT-060", "蓄电池 60Ah", 40),
    Part("HL-007", "大灯开关", 40),
    Part("SA-233", "减振器", 40),
    Part("BJ-145", "下摆臂球头", 40),
    Part("TB-330", "正时皮带套件", 40),
    Part("WP-210", "水泵", 40),
    Part("RF-134", "制冷剂", 100),
    Part("WB-019", "雨刮片", 80),
    Part("DL-402", "车门锁电机", 40),
)

_BATTERY = Job("换蓄电池", "ordinary", 60, "BT-060", 1, 480)
_PADS = Job("换前制动片", "safety", 120, "BP-204", 2, 150)
_WIPERS = Job("换雨刮片", "ordinary", 0, "WB-019", 2, 45)
_FILTER = Job("换空调滤芯", "ordinary", 30, "CF-417", 1, 88)
_JOINT = Job("换下摆臂球头", "safety", 260, "BJ-145", 1, 190)

FAULTS = (
    Fault("upkeep", "一万公里保养", "按保养手册到期", 60,
          Job("更换机油和机滤", "ordinary", 120, "OF-310", 1, 298), _FILTER),
    Fault("upkeep", "三万公里保养", "按保养手册到期", 90,
          Job("更换机油、机滤和空滤", "ordinary", 180, "AF-522", 1, 416), _WIPERS),
    Fault("upkeep", "六万公里保养", "按保养手册到期", 150,
          Job("六万公里保养", "ordinary", 320, "SP-701", 4, 95), _PADS),
    Fault("brake", "刹车有吱吱声", "前制动片磨到极限", 80, _PADS, _WIPERS),
    Fault("brake", "高速刹车时方向盘抖", "前制动盘端面跳动超限", 120,
          Job("换前制动盘", "safety", 200, "BD-118", 2, 320), _PADS),
    Fault("engine", "怠速发抖，冷车更明显", "二缸点火线圈性能下降", 90,
          Job("换点火线圈", "ordinary", 120, "IC-088", 1, 210),
          Job("换火花塞", "ordinary", 80, "SP-701", 4, 95)),
    Fault("engine", "加速没劲，油耗变高", "空气滤清器堵塞，节气门积炭", 70,
          Job("清洗节气门，换空滤", "ordinary", 160, "AF-522", 1, 68),
          Job("换火花塞", "ordinary", 80, "SP-701", 4, 95)),
    Fault("engine", "水温偏高", "水泵渗漏", 240,
          Job("换水泵和正时皮带套件", "major", 680, "TB-330", 1, 890),
          Job("换水泵", "major", 0, "WP-210", 1, 360)),
    Fault("electric", "早上打不着火", "蓄电池容量不足", 40, _BATTERY, _WIPERS),
    Fault("electric", "左边大灯有时不亮", "大灯开关触点烧蚀", 60,
          Job("换大灯开关", "ordinary", 90, "HL-007", 1, 160), _BATTERY),
    Fault("climate", "空调不够凉", "制冷剂不足，管路接头渗漏", 80,
          Job("查漏并加制冷剂", "ordinary", 200, "RF-134", 2, 60), _FILTER),
    Fault("climate", "开空调有霉味", "空调滤芯和蒸发箱脏污", 50,
          Job("清洗蒸发箱，换空调滤芯", "ordinary", 150, "CF-417", 1, 88), _WIPERS),
    Fault("steering", "过减速带底盘咯噔响", "右前下摆臂球头松旷", 110, _JOINT,
          Job("换右前减振器", "safety", 180, "SA-233", 1, 420)),
    Fault("steering", "方向往右跑偏", "四轮定位参数失准", 70,
          Job("四轮定位", "safety", 200), _JOINT),
    Fault("drive", "换挡时顿一下", "变速器控制数据要重新学习", 80,
          Job("变速器检测与匹配", "ordinary", 220), _FILTER),
    Fault("body", "右后门关不严", "门锁电机卡滞", 90,
          Job("换车门锁电机", "ordinary", 150, "DL-402", 1, 240), _WIPERS),
)  # fmt: skip
